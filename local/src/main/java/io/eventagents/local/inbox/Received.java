package io.eventagents.local.inbox;

import java.time.Instant;

/**
 * A message as it was received.
 *
 * @param number its number, counted from 1 in the order of arrival
 * @param receivedAt when it arrived
 * @param kind its kind
 * @param address the recipient in the mail's envelope, the phone number, or the path of the request
 * @param source the mail as sent over the wire, one character per byte; JSON for the other kinds
 */
record Received(long number, Instant receivedAt, Kind kind, String address, String source) {}
