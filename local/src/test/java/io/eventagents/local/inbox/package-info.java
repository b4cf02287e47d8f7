@NullMarked
package io.eventagents.local.inbox;

import org.jspecify.annotations.NullMarked;
