/** Microsoft Teams, over a workflow's webhook that accepts Adaptive Cards. */
@NullMarked
package io.eventagents.notification.teams;

import org.jspecify.annotations.NullMarked;
