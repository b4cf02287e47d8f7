package io.eventagents.local.generator;

/**
 * What is to be generated.
 *
 * @param chains how many, beside one of {@link LongStory#EVENTS} events
 * @param seed the same seed makes the same chains, with the same ids; their times are seen from now
 */
public record Generation(int chains, long seed) {}
