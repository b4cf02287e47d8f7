/** A function from topic to topic, in the ways that there are. */
@NullMarked
package io.eventagents.benchmarks.pipeline;

import org.jspecify.annotations.NullMarked;
