/** What the usual faults of sockets, certificates and devices mean, and what to do. */
const MEANING: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nothing listens there: is the sender running, and is the port right?",
  ECONNRESET: "the peer broke the connection",
  EPIPE: "the peer broke the connection",
  ETIMEDOUT: "the peer does not answer: is it switched on and on this network?",
  EHOSTUNREACH: "there is no way to that address: is the cable in, and is it on this network?",
  ENETUNREACH: "there is no way to that network: is the cable in?",
  ENOTFOUND: "there is no host of that name",
  EAI_AGAIN: "names cannot be looked up now: give the address in figures, or see to the name server",
  EADDRINUSE: "another program listens on that port: is Picket running already?",
  EADDRNOTAVAIL: "this machine does not have that address",
  EACCES: "this user may not open it: ports below 1024 and devices need a permission (for a serial port, group dialout)",
  EPERM: "this user may not do that",
  ENOENT: "there is no such file or device: is it plugged in, and is the path right?",
  ENXIO: "the device is gone: is it plugged in?",
  ENODEV: "the device is gone: is it plugged in?",
  EIO: "the device is gone: is it plugged in?",
  EBUSY: "another program holds it",
  DEPTH_ZERO_SELF_SIGNED_CERT: "its certificate is self-signed: name the file with that certificate as tls.ca",
  SELF_SIGNED_CERT_IN_CHAIN: "its certificate is of an authority that nobody knows here: name that authority's file as tls.ca",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    "its certificate is of an authority that nobody knows here: name that authority's file as tls.ca",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    "its certificate is of an authority that nobody knows here: name that authority's file as tls.ca",
  CERT_HAS_EXPIRED: "its certificate has expired, or this machine's clock is wrong",
  CERT_NOT_YET_VALID: "its certificate is not valid yet, or this machine's clock is wrong",
  ERR_TLS_CERT_ALTNAME_INVALID: "its certificate is for another name: connect by that name, or give it as tls.serverName",
  ERR_SSL_WRONG_VERSION_NUMBER: "it does not speak TLS on that port",
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: "it asks for a client certificate: give tls.certificate and tls.key",
};

/** A fault for a person: what it means and what to do about it where that is known, and the fault's own words. */
export function faultInWords(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const first: unknown = error instanceof AggregateError ? error.errors[0] : undefined;
  const own = error.message || (first instanceof Error ? first.message : error.name);
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  const meaning = MEANING[code];
  return meaning ? `${meaning} (${own})` : own;
}
