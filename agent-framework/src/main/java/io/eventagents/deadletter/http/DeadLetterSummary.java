package io.eventagents.deadletter.http;

import io.eventagents.DeadLetterDesk.Group;
import java.util.List;

/**
 * Dead letters, grouped by agent, type, reason and state.
 *
 * @param groups the largest first
 */
record DeadLetterSummary(List<Group> groups) {}
