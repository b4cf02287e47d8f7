/** A channel for text messages, as an example of an application with a single agent. */
@NullMarked
package examples.sms;

import org.jspecify.annotations.NullMarked;
