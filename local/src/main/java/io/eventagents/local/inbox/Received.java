package io.eventagents.local.inbox;

import java.time.Instant;

/**
 * What was received, byte for byte.
 *
 * @param number counts from 1, in the order of arrival
 * @param receivedAt when it came
 * @param kind what it is
 * @param address the recipient of the mail's envelope, the number, or the path that was posted to
 * @param source the mail as it went over the wire, a character per byte; or the JSON of the others
 */
record Received(long number, Instant receivedAt, Kind kind, String address, String source) {}
