package io.eventagents.local.generator;

/**
 * What to generate.
 *
 * @param chains the number of chains, in addition to one of {@link LongStory#EVENTS} events
 * @param seed the same seed makes the same chains with the same ids; their times are relative to
 *     now
 */
public record Generation(int chains, long seed) {}
