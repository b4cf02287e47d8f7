/** What the agents send to people, as it was received: mails and Slack posts. */
@NullMarked
package io.eventagents.local.inbox;

import org.jspecify.annotations.NullMarked;
