/** The inbox: the messages that the agents sent to people, as they were received. */
@NullMarked
package io.eventagents.local.inbox;

import org.jspecify.annotations.NullMarked;
