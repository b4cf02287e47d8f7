/** What every channel has in common: what it is given, what it answers, and the agent around it. */
@NullMarked
package io.eventagents.notification.channel;

import org.jspecify.annotations.NullMarked;
