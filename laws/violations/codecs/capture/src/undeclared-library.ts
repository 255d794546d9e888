// caught by: noUndeclaredDependencies
import { WebSocket } from "ws";
export const openState = WebSocket.OPEN;
