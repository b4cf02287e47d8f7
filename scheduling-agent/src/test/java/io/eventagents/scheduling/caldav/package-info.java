@NullMarked
package io.eventagents.scheduling.caldav;

import org.jspecify.annotations.NullMarked;
