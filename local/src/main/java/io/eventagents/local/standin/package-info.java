/** Stand-ins for the providers of messages: each puts what it receives into the inbox. */
@NullMarked
package io.eventagents.local.standin;

import org.jspecify.annotations.NullMarked;
