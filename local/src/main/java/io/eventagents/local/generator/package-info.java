/** Generates chains of events, to try out the console and the audit log with many of them. */
@NullMarked
package io.eventagents.local.generator;

import org.jspecify.annotations.NullMarked;
