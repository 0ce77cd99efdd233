/** Limits of the HTTP server: everything that a client can make large, long or many has one. */

/** Bytes. The largest documented request, a full customer with representatives, is under 100 KiB. */
export const BODY_MAXIMUM = 1_048_576;
/** Bytes. Node's own default; a bearer token of 8 KiB fits with the other headers. */
export const HEADERS_MAXIMUM = 16_384;
/** Headers in one request; clients send about ten. */
export const HEADER_COUNT_MAXIMUM = 100;
/** Characters of one path parameter; the longest id, connectFi's, has 36. */
export const PARAMETER_MAXIMUM = 200;
/** Milliseconds for a whole request to arrive, so that slow senders do not hold connections. */
export const REQUEST_ARRIVAL_MILLISECONDS = 15_000;
/** Milliseconds for the headers to arrive. */
export const HEADERS_ARRIVAL_MILLISECONDS = 10_000;
/** Milliseconds between looks at which connections are late; Node's own 30 s would let slow senders stay that long. */
export const ARRIVAL_CHECK_MILLISECONDS = 1_000;
/** Milliseconds that an idle kept-alive connection stays open; longer than the 60 s of common load balancers. */
export const KEEP_ALIVE_MILLISECONDS = 65_000;
/** Milliseconds without any traffic on a connection, requests being answered included. */
export const CONNECTION_IDLE_MILLISECONDS = 120_000;
/** Connections at once; each costs about 20 KiB. When all places are taken, the one that was silent for longest makes room. */
export const CONNECTIONS_MAXIMUM = 10_000;
/** Requests of one connection that are worked on at once: 20,000 at once on one connection had others refused with a 503. */
export const PIPELINED_AT_ONCE = 4;
/** Requests of one connection that are not answered yet; clients that send ahead at all send a dozen. */
export const PIPELINED_MAXIMUM = 100;
/** Bytes of a body that are read though its request is answered already, so that the connection can go on. */
export const UNREAD_BODY_MAXIMUM = 65_536;
/** Bytes of answers that wait for their readers, of all connections together. */
export const UNREAD_MAXIMUM = 67_108_864;
/** Milliseconds after which a client is cut off that takes nothing of the answer that waits for it. */
export const UNREAD_MILLISECONDS = 10_000;
/** Milliseconds between looks at what waits; at 100 MB a second that the server can write, a look comes in time. */
export const UNREAD_CHECK_MILLISECONDS = 500;
/** Milliseconds that a stopping server waits for requests under way. */
export const STOP_MILLISECONDS = 10_000;
