import type { AssessedTrack, Zone } from "@picket/model";
import type { ComponentChild } from "preact";
import { groundRelation } from "../picture/ground-height.ts";
import type { Picture } from "../picture/picture.ts";
import { courseDeg, speedMps } from "../picture/track-kind.ts";
import { formatGrid } from "../speech/format.ts";
import type { Speech } from "../speech/speech.ts";

type Props = Readonly<{ track: AssessedTrack; picture: Picture; speech: Speech }>;

/** How high, where to, and how far from each zone. */
export function Where({ track, picture, speech }: Props): ComponentChild {
  const course = courseDeg(track);
  const speed = speech.speed(speedMps(track));
  const rise = track.upMps === undefined || Math.abs(track.upMps) < 0.5 ? undefined : track.upMps;
  return (
    <>
      <p class="main">{heightWords(track, speech)}</p>
      {track.heightAglM !== undefined && track.height && <p>{speech.height(track.height)}</p>}
      <p>
        {course === undefined
          ? speech.text("hardlyMoving", { speed })
          : speech.text("movingTo", { speed, bearing: speech.bearing(course) })}
        {rise !== undefined && `, ${speech.text(rise > 0 ? "climbing" : "descending", { speed: speech.speed(Math.abs(rise)) })}`}
      </p>
      <p class="figures">{speech.place(track.latDeg, track.lonDeg)}</p>
      <p class="figures">{formatGrid(track.latDeg, track.lonDeg)}</p>
      <ul class="zone-lines">
        {track.assessment.zones.slice(0, 4).map((near) => (
          <ZoneLine key={near.zone} near={near} zone={picture.zones.find(({ id }) => id === near.zone)} speech={speech} />
        ))}
      </ul>
    </>
  );
}

type ZoneLineProps = Readonly<{
  near: AssessedTrack["assessment"]["zones"][number];
  zone: Zone | undefined;
  speech: Speech;
}>;

/** Where it stands to a zone, with how well the zone's own boundary is known. */
function ZoneLine({ near, zone, speech }: ZoneLineProps): ComponentChild {
  const isInside = near.relation === "inside";
  const { distanceM, entryS, entryProbability: probability = 0 } = near;
  const words = [
    isInside ? speech.text("zoneInside") : speech.text(near.distanceExact ? "zoneAway" : "zoneAtLeast", { distanceM }),
    zone?.accuracyM !== undefined && speech.text("zoneLine", { accuracyM: zone.accuracyM }),
    entryS !== undefined && entryS >= 1 && !isInside && speech.text("zoneEntry", { entryS, probability }),
    near.heightUndecided && speech.text("heightUndecided"),
  ];
  return (
    <li data-relation={near.relation}>
      <span>{zone?.name ?? near.zone}</span>
      <b>{words.filter(Boolean).join(", ")}</b>
    </li>
  );
}

function heightWords(track: AssessedTrack, speech: Speech): string {
  const { height, heightAglM = 0 } = track;
  const relation = groundRelation(track);
  switch (relation) {
    case "unknown":
      return height ? speech.height(height) : speech.text("heightUnknown");
    case "above":
      return speech.text("aboveGround", { rise: speech.rise(heightAglM) });
    case "near":
      return speech.text("nearGround");
    case "below":
      return speech.text("belowGround", { rise: speech.rise(-heightAglM) });
    default:
      return relation satisfies never;
  }
}
