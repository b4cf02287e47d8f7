/**
 * Removes the payloads of a subject from the log and from the index, and keeps the proof of all
 * other lines. {@code docs/audit-log.md} describes what remains of an erased line.
 */
@NullMarked
package io.eventagents.audit.erasure;

import org.jspecify.annotations.NullMarked;
