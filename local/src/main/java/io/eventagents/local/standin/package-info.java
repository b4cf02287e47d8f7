/** The providers of messages as the agents see them: each takes what it is sent into the inbox. */
@NullMarked
package io.eventagents.local.standin;

import org.jspecify.annotations.NullMarked;
