/** Microsoft Teams: a workflow's webhook that takes Adaptive Cards. */
@NullMarked
package io.eventagents.notification.teams;

import org.jspecify.annotations.NullMarked;
