@NullMarked
package io.eventagents.observation;

import org.jspecify.annotations.NullMarked;
