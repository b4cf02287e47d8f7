package io.eventagents.outbox;

import java.time.Duration;

/**
 * What the outbox holds at one moment.
 *
 * @param waiting records that are not sent yet, without the parked ones
 * @param oldestAge the age of the oldest record that could be sent; zero if there is none
 * @param held how many of the waiting ones wait for a parked one of their key
 * @param parked records that can never be sent and wait for a person
 */
public record Backlog(long waiting, Duration oldestAge, long held, long parked) {}
