@NullMarked
package io.eventagents.scheduling;

import org.jspecify.annotations.NullMarked;
