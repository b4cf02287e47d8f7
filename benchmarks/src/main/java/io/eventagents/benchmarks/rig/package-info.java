/** The tools that every group of benchmarks measures with. */
@NullMarked
package io.eventagents.benchmarks.rig;

import org.jspecify.annotations.NullMarked;
