/**
 * Recurrence rules of RFC 5545 (section 3.3.10): which of them a task can recur by, and when it is
 * due again. The orchestrator accepts by the code that the scheduler plans by.
 */
@NullMarked
package io.eventagents.recurrence;

import org.jspecify.annotations.NullMarked;
