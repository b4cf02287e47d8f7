package io.eventagents.faults;

/**
 * What an agent does with an event.
 *
 * @param type of its answer
 * @param isDeadLetter whether it gives the event up instead, until somebody has it replayed
 */
record Expectation(String agent, EventRecord cause, String type, boolean isDeadLetter) {}
