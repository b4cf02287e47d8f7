/** The evidence that the log is what was written: signed checkpoints and verification. */
@NullMarked
package io.eventagents.audit.evidence;

import org.jspecify.annotations.NullMarked;
