/**
 * What proves the log to others: checkpoints that are signed, kept beside it and published, and the
 * keys that sign them. {@code docs/audit-log.md} documents their format.
 */
@NullMarked
package io.eventagents.audit.proof;

import org.jspecify.annotations.NullMarked;
