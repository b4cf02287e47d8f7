@NullMarked
package io.eventagents.deadletter;

import org.jspecify.annotations.NullMarked;
