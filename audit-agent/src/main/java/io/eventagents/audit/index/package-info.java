/**
 * The index of the log in PostgreSQL, which answers searches. It is derived from the log and is
 * never the truth: it follows the log at its own pace, and may be dropped.
 */
@NullMarked
package io.eventagents.audit.index;

import org.jspecify.annotations.NullMarked;
