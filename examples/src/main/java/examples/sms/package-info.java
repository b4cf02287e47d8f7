/** A channel for text messages: what an application of one agent looks like. */
@NullMarked
package examples.sms;

import org.jspecify.annotations.NullMarked;
