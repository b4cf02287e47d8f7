/** A function from topic to topic, implemented in several ways. */
@NullMarked
package io.eventagents.benchmarks.pipeline;

import org.jspecify.annotations.NullMarked;
