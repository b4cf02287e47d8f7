@NullMarked
package io.eventagents.recurrence;

import org.jspecify.annotations.NullMarked;
