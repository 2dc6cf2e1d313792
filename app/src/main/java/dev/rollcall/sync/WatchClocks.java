package dev.rollcall.sync;

import java.time.InstantSource;

/**
 * The two clocks of a watch.
 *
 * @param wall what people and files go by; it may jump
 * @param steady what waiting goes by: it only ever runs forward, at the pace of time
 */
public record WatchClocks(InstantSource wall, InstantSource steady) {}
