package dev.rollcall.architecture.broken.roll;

/** A port that grew too wide. */
public interface RollStore {
    void one();

    void two();

    void three();

    void four();

    void five();

    void six();

    void seven();

    void eight();

    void nine();

    void ten();

    void eleven();
}
