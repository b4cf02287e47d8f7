package io.eventagents.audit.console;

import java.util.Set;

/**
 * An agent, as its events in the log show it.
 *
 * @param takes the types of events that caused its own
 * @param emits the types of its events
 * @param lag of its consumer group, as shown
 * @param rate events per minute, as shown
 * @param errors how many of its events report failures
 * @param time from cause to event on average, as shown
 */
record AgentRow(
    String agent,
    Set<String> takes,
    Set<String> emits,
    String lag,
    String rate,
    String rateLine,
    long errors,
    String errorBars,
    String time,
    String timeLine) {}
