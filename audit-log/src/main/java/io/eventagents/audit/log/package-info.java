/**
 * The log itself: one line of JSON per record, in daily files, written once, on disk before the
 * offset is committed. It is the truth; everything else is derived from it. {@code
 * docs/audit-log.md} documents the format.
 */
@NullMarked
package io.eventagents.audit.log;

import org.jspecify.annotations.NullMarked;
