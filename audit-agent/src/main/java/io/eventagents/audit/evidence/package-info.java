/** What shows that the log is what was written: checkpoints that sign it, and its verification. */
@NullMarked
package io.eventagents.audit.evidence;

import org.jspecify.annotations.NullMarked;
