package dev.baton.persistence.lease;

/**
 * Who holds which lease. It blocks, and a call that throws may or may not have been done, or may be done later.
 *
 * <p>That is harmless: a call for an acquisition does nothing when the same owner has begun a later one.
 */
interface LeaseTable {

    /**
     * One try of an owner to hold a lease.
     *
     * @param acquisition grows with each try of this owner
     */
    record Claim(String lease, String owner, long acquisition) {}

    /** Takes a lease that is nobody's, has expired, or is held by an earlier claim of the same owner. */
    boolean acquire(Claim claim);

    /** Extends what {@code claim} holds; false when it holds nothing, or did until it expired. */
    boolean renew(Claim claim);

    /** Frees what is held by {@code claim} or an earlier one of the same owner. */
    void release(Claim claim);
}
