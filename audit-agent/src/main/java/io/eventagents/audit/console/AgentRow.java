package io.eventagents.audit.console;

import java.util.Set;

/**
 * An agent as the log knows it.
 *
 * @param takes types of events that its own were caused by
 * @param emits types of its events
 * @param lag of its consumer group, for people
 * @param rate events in a minute, for people
 * @param errors how many events tell of failures
 * @param time from cause to event, for people
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
