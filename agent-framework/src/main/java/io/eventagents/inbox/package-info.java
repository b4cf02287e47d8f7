/** Which events were handled: a repeat is recognised by its id. */
@NullMarked
package io.eventagents.inbox;

import org.jspecify.annotations.NullMarked;
