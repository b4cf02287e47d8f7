@NullMarked
package io.eventagents.inbox;

import org.jspecify.annotations.NullMarked;
