/** The broker as a program. */
@NullMarked
package io.eventagents.faults.broker;

import org.jspecify.annotations.NullMarked;
