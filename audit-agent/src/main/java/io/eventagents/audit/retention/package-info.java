/** Has old files of the log compressed and shipped while the agent runs. */
@NullMarked
package io.eventagents.audit.retention;

import org.jspecify.annotations.NullMarked;
