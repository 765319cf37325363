/**
 * How a node finds its cluster by the database alone ({@link dev.baton.gateway.node.formation.Formation}), and how it says
 * there that it is here ({@link dev.baton.gateway.node.formation.Registration}).
 *
 * <p>A node writes its row, reads those of the others and asks at their death ports which of them live. When one of a
 * cluster lives, it joins there; when none does, it takes the next number in the table {@code formation}, which only one
 * node gets, and forms a cluster. A row proves nothing by its age alone: only a node that neither answers nor refreshes
 * its row for a good while is given up without a proof of its death.
 *
 * <p>Two clusters on one database cannot write the same chat, since the journal takes each event of a chat once. All of
 * this is so that there is one in the first place, and that somebody hears about it when there are two.
 */
@NullMarked
package dev.baton.gateway.node.formation;

import org.jspecify.annotations.NullMarked;
