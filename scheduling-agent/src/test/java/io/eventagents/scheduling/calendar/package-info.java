@NullMarked
package io.eventagents.scheduling.calendar;

import org.jspecify.annotations.NullMarked;
