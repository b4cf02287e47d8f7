@NullMarked
package io.eventagents.scheduling.recurrence;

import org.jspecify.annotations.NullMarked;
