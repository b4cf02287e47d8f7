/**
 * How often a failed event is tried again, and when a batch comes again from its first unfinished
 * event.
 */
@NullMarked
package io.eventagents.retry;

import org.jspecify.annotations.NullMarked;
