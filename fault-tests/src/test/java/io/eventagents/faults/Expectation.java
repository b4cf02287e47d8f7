package io.eventagents.faults;

/**
 * What an agent must do with an event.
 *
 * @param type the type of its answer
 * @param isDeadLetter whether it gives up on the event instead, until an operator replays it
 */
record Expectation(String agent, EventRecord cause, String type, boolean isDeadLetter) {}
