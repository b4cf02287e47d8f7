/** Benchmarks of the applications as they are deployed. */
@NullMarked
package io.eventagents.benchmarks.system;

import org.jspecify.annotations.NullMarked;
