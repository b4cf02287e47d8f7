/**
 * The index of the log in PostgreSQL, for finding things. Derived from the log, never the truth: it
 * follows the log at its own pace and may be dropped.
 */
@NullMarked
package io.eventagents.audit.index;

import org.jspecify.annotations.NullMarked;
