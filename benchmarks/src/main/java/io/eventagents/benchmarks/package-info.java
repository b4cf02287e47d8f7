@NullMarked
package io.eventagents.benchmarks;

import org.jspecify.annotations.NullMarked;
