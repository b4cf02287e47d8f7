package io.eventagents.outbox;

import java.nio.ByteBuffer;

/** What records are kept in order by: those of one topic with one key. */
record OrderKey(String topic, ByteBuffer key) {}
