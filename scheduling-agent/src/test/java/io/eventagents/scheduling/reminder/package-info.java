@NullMarked
package io.eventagents.scheduling.reminder;

import org.jspecify.annotations.NullMarked;
